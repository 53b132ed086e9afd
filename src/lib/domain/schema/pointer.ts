/** JSON pointers (RFC 6901): '' is the whole value, '/a/0' the first item of its field a. */
export function pointerTo(base: string, key: string | number): string {
	return `${base}/${String(key).replace(/~/g, '~0').replace(/\//g, '~1')}`;
}

export function pointerParts(pointer: string): string[] {
	return pointer
		.split('/')
		.slice(1)
		.map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'));
}
