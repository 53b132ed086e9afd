import { linearRegex, type CompiledRegex } from './linear-regex';

/**
 * A path pattern: `*` any characters but `/`, `**` any folders, `?` one character but `/`, `{a,b}` either.
 * A pattern without `/` is matched against the file's name in any folder.
 */
export function globRegex(glob: string): CompiledRegex {
	const trimmed = glob.replace(/^(\.?\/)+/, '');
	const tokens: string[] = trimmed.match(/\*\*\/|\*\*|[\s\S]/gu) ?? [];
	let open = 0;
	let body = '';
	tokens.forEach((token, at) => {
		if (token === '{' && tokens.indexOf('}', at) > at) {
			open++;
			body += '(?:';
		} else if (token === '}' && open > 0) {
			open--;
			body += ')';
		} else if (token === ',' && open > 0) body += '|';
		else body += translate(token);
	});
	const anywhere = trimmed.includes('/') ? '' : '(?:.*/)?';
	return linearRegex(`^${anywhere}${body}${')'.repeat(open)}$`);
}

function translate(token: string): string {
	switch (token) {
		case '**/':
			return '(?:.*/)?';
		case '**':
			return '.*';
		case '*':
			return '[^/]*';
		case '?':
			return '[^/]';
		default:
			return /[\^$\\.+()[\]|{}]/.test(token) ? `\\${token}` : token;
	}
}
