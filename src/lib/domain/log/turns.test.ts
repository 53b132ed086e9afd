import { describe, expect, test } from 'vitest';
import { LogBuilder } from '../../../../tests/fixtures/log-builder';
import type { EventKinds } from './event';
import { foldSession } from './session-state';
import { noUsage } from './state';

const begun = () => new LogBuilder().created().prompt('Why?').lease().turn();
const fold = ({ events }: LogBuilder) => foldSession('s1', events);

const counted = {
	usage: { ...noUsage, input: 100, output: 3 },
	cost: { usd: 0.5, priceVersion: '2026-11' },
};
const broken: EventKinds['turn-failed'] = {
	turnId: 'main.1',
	failure: { code: 'cut', message: 'It was cut off.' },
	ms: 5,
};

describe('a call that breaks off', () => {
	test('counts what the endpoint had counted, and is no ended call', () => {
		const state = fold(begun().add('turn-failed', { ...broken, ...counted }));
		expect(state).toMatchObject({ usage: counted.usage, cost: 0.5, turns: 0 });
	});

	test('counts nothing where nothing was counted, as in logs of an earlier version', () => {
		expect(fold(begun().add('turn-failed', broken))).toMatchObject({ usage: noUsage, cost: 0 });
	});

	test('has an unknown cost where no price is known', () => {
		const { usage } = counted;
		const state = fold(begun().add('turn-failed', { ...broken, usage }));
		expect(state).toMatchObject({ usage, cost: null });
	});
});

describe('a call that was cancelled', () => {
	const cancelled = () => begun().add('ended', { status: 'cancelled' });

	test('still counts what it had used, once, and stays cancelled', () => {
		const log = cancelled().add('turn-failed', { ...broken, ...counted });
		log.add('turn-failed', { ...broken, ...counted });
		expect(fold(log)).toMatchObject({
			usage: counted.usage,
			cost: 0.5,
			ended: { status: 'cancelled' },
			failure: null,
		});
	});

	test('changes nothing of the turn that a reply has begun since', () => {
		const log = cancelled().prompt('Go on.').turn();
		const before = fold(log).actors.get('main');
		log.add('turn-failed', { ...broken, ...counted });
		expect(fold(log).actors.get('main')).toEqual(before);
	});
});

test('a runner that lost the session counts nothing', () => {
	const log = begun().lease(2);
	log.add('turn-failed', { ...broken, ...counted }, log.engine(1));
	expect(fold(log)).toMatchObject({ usage: noUsage, cost: 0 });
});

test('what an ended call used is counted once', () => {
	const log = begun().say('Here.').end();
	const { usage } = fold(log);
	expect(fold(log.add('turn-failed', { ...broken, ...counted })).usage).toEqual(usage);
});
