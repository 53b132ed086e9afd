import type { JoinFault, PairingFault } from '$lib/domain/sync/pairing';

/** Why a device was not added, and what to do. */
export const pairingFaults: Record<PairingFault, string> = {
	over: 'The link is over: the ten minutes have passed, or the other device went away. Make a new one.',
	cut: 'The connection to the relay was lost. Make a new link once this device is online.',
	foreign: 'Something came that no Muster device says, so nothing was added. Make a new link.',
	refused: 'Nothing was added.',
	'not-taken': 'The relay did not take the new device. Make a new link and try again.',
};

/** Why this device could not join, and what to do. */
export const joinFaults: Record<JoinFault, string> = {
	over: 'This link is over: it is older than ten minutes, or the device that made it went away. Ask for a new one.',
	used: 'Somebody has used this link already. Ask for a new one; if it was not you who used it, do not confirm on the other device.',
	cut: 'The relay was not reached, or was lost. Check that this device is online, and ask for a new link.',
	foreign: 'What came does not fit the link, so this device has not joined. Ask for a new link.',
	refused: 'It was not confirmed on the other device, so this device has not joined.',
	'update-needed':
		'This app and the relay are of versions too far apart. Update the older one, then try again.',
};

/** `123456` as it is read out. */
export const spacedCode = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;
