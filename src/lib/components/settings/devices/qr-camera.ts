/** Reading QR codes with the camera, where the browser can: the Barcode Detection API (WICG), so far Chromium's alone. */

interface Detector {
	detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
interface DetectorClass {
	new (options: { formats: string[] }): Detector;
	getSupportedFormats(): Promise<string[]>;
}

/** A look takes some 20 ms, and a hand is not faster. */
const LOOK_MS = 150;

const detectorClass = () =>
	(globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector ?? null;

/** Whether this browser can, and there is a camera. */
export async function canScan(): Promise<boolean> {
	try {
		const formats = (await detectorClass()?.getSupportedFormats()) ?? [];
		if (!formats.includes('qr_code')) return false;
		const devices = await navigator.mediaDevices.enumerateDevices();
		return devices.some(({ kind }) => kind === 'videoinput');
	} catch {
		return false;
	}
}

/**
 * Shows the camera in `video` and resolves with the first code that `wanted` takes. Rejects where the person or the system
 * refuses the camera, and when `signal` aborts; the camera is off then.
 */
export async function scanCode(
	video: HTMLVideoElement,
	wanted: (text: string) => boolean,
	signal: AbortSignal,
): Promise<string> {
	const Detect = detectorClass();
	if (!Detect) throw new Error('This browser reads no codes');
	const detector = new Detect({ formats: ['qr_code'] });
	const stream = await navigator.mediaDevices.getUserMedia({
		video: { facingMode: 'environment' },
	});
	try {
		signal.throwIfAborted();
		video.srcObject = stream;
		await video.play();
		for (;;) {
			signal.throwIfAborted();
			const codes = await detector.detect(video);
			const found = codes.find(({ rawValue }) => wanted(rawValue));
			if (found) return found.rawValue;
			await new Promise((done) => setTimeout(done, LOOK_MS));
		}
	} finally {
		video.srcObject = null;
		for (const track of stream.getTracks()) track.stop();
	}
}
