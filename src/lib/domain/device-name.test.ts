import { expect, it } from 'vitest';
import { deviceInSentence } from './device-name';

const names = new Map([['d1', 'Laptop']]);
const seenFrom = (own: string | undefined) => (device: string, deviceName: string) =>
	deviceInSentence({ device, deviceName }, own, (id) => names.get(id));
const words = seenFrom('d2');

it('calls a device by the name it had, whoever looks', () => {
	expect(words('d1', 'Old laptop')).toBe('Old laptop');
	expect(words('d2', 'Tablet')).toBe('Tablet');
});

it('says “this device” of itself alone: what another one did before it was named is told by its name', () => {
	expect(words('d2', 'This device')).toBe('this device');
	expect(words('d1', 'This device')).toBe('Laptop');
	expect(words('d9', 'This device')).toBe('another device');
});

it('takes a device that does not know its own id yet for the one that wrote', () => {
	expect(seenFrom(undefined)('d1', 'This device')).toBe('this device');
});
