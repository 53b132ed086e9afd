import { describe, expect, test } from 'vitest';
import { toBase64Url } from '../../src/lib/wire/base64url';
import { randomBytes } from '../../src/lib/wire/bytes';
import { MAILBOX_BYTES } from '../../src/lib/wire/limits';
import { begun } from './support/begun';
import { TestClient } from './support/client';

const newId = () => toBase64Url(randomBytes(16));
const noMailbox = { code: 4404, reason: 'no mailbox' };
const taken = { code: 4409, reason: 'taken' };
const tooLarge = { code: 4413, reason: 'mailbox' };

async function guestOf(url: string, id: string): Promise<TestClient> {
	const guest = await TestClient.dial(url);
	await guest.hello();
	guest.send({ kind: 'mailbox', id });
	return guest;
}

async function paired(options: Parameters<typeof begun>[0] = {}) {
	const all = await begun(options);
	const id = newId();
	all.client.send({ kind: 'mailbox', id });
	expect(await all.client.next('joined')).toEqual({ kind: 'joined', id });
	const guest = await guestOf(all.relay.url, id);
	expect(await guest.next('joined')).toEqual({ kind: 'joined', id });
	return { ...all, id, guest };
}

describe('[4.3] a mailbox', () => {
	test('carries messages between member and guest, and no other', async () => {
		const { client, guest, id } = await paired();
		const sealed = randomBytes(40);
		guest.send({ kind: 'put', id, sealed });
		expect(await client.next('got')).toEqual({ kind: 'got', id, sealed });
		client.send({ kind: 'put', id, sealed });
		expect(await guest.next('got')).toEqual({ kind: 'got', id, sealed });
	});

	test('is for one guest in its life: everyone after is told 4409, also once that one is gone', async () => {
		const { relay, id, guest, client } = await paired();
		const second = await guestOf(relay.url, id);
		expect(await second.next('mailbox-ended')).toMatchObject({ id, ...taken });
		expect(await second.closed).toEqual(taken);
		guest.ws.close();
		expect(await client.next('mailbox-ended')).toMatchObject({ id, ...noMailbox });
		expect(await (await guestOf(relay.url, id)).closed).toEqual(noMailbox);
	});

	test('that nobody keeps, or no longer: 4404', async () => {
		const { relay, id, guest, client } = await paired();
		expect(await (await guestOf(relay.url, newId())).closed).toEqual(noMailbox);
		client.ws.close();
		expect(await guest.next('mailbox-ended')).toMatchObject({ id, ...noMailbox });
		expect(await guest.closed).toEqual(noMailbox);
	});

	test('ends after its time', async () => {
		const { guest, client } = await paired({ mailboxMs: 60 });
		expect(await client.next('mailbox-ended')).toMatchObject(noMailbox);
		expect(await guest.closed).toEqual(noMailbox);
	});

	test('is kept by one member, and a socket keeps at most four', async () => {
		const { client, another, id } = await paired();
		const other = await another();
		other.send({ kind: 'mailbox', id });
		expect(await other.next('mailbox-ended')).toMatchObject(taken);
		for (let n = 0; n < 4; n++) other.send({ kind: 'mailbox', id: newId() });
		for (let n = 0; n < 4; n++) await other.next('joined');
		other.send({ kind: 'mailbox', id: newId() });
		expect(await other.next('mailbox-ended')).toMatchObject({ code: 4429, reason: 'mailboxes' });
		await client.open(1, 'a').confirmed();
	});

	test.each([
		['a fourth message', 4, 10],
		['a message that is too long', 1, MAILBOX_BYTES + 1],
	])('[4.6] ends for both with %s', async (_, count, bytes) => {
		const { client, guest, id } = await paired();
		for (let n = 0; n < count; n++) guest.send({ kind: 'put', id, sealed: randomBytes(bytes) });
		expect(await client.next('mailbox-ended')).toMatchObject(tooLarge);
		expect(await guest.closed).toEqual(tooLarge);
		await client.open(1, 'a').confirmed();
	});

	test('its guest can do nothing else', async () => {
		const { guest } = await paired();
		guest.send({ kind: 'open', channel: 1, room: 'a' });
		expect(await guest.closed).toEqual({ code: 4400, reason: 'protocol' });
	});

	test('what is put before the guest is there, or into no mailbox, is dropped', async () => {
		const { client, relay } = await begun();
		const id = newId();
		client.send({ kind: 'mailbox', id });
		client.send({ kind: 'put', id, sealed: randomBytes(9) });
		client.send({ kind: 'put', id: newId(), sealed: randomBytes(9) });
		const guest = await guestOf(relay.url, id);
		await guest.next('joined');
		const sealed = randomBytes(9);
		client.send({ kind: 'put', id, sealed });
		expect((await guest.next('got')).sealed).toEqual(sealed);
	});

	test('[2.5] a guest is not too slow: it has begun', async () => {
		const { guest, client, id } = await paired({ beginMs: 40 });
		await new Promise((done) => setTimeout(done, 80));
		const sealed = randomBytes(9);
		guest.send({ kind: 'put', id, sealed });
		expect((await client.next('got')).sealed).toEqual(sealed);
	});
});
