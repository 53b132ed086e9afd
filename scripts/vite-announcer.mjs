const inlineStyle = /(<div id="svelte-announcer"[^>]*?) style="([^"]*)"/;

/**
 * Kit's root component hides its screen reader announcer with a style attribute, which a policy
 * without 'unsafe-inline' blocks. As `style:` directives the same rules go through CSSOM.
 * @returns {import('vite').Plugin}
 */
export function announcerWithoutInlineStyle() {
	return {
		name: 'muster:announcer-without-inline-style',
		enforce: 'pre',
		transform: {
			filter: { id: /\/generated\/root\.svelte$/ },
			handler(code) {
				if (!inlineStyle.test(code))
					this.error(
						"Kit's root component has changed: see whether this transform is still needed.",
					);
				return code.replace(inlineStyle, (_, tag, style) => `${tag} ${directives(style)}`);
			},
		},
	};
}

/** @param {string} style `a: b; c: d` */
function directives(style) {
	return style
		.split(';')
		.filter((rule) => rule.trim())
		.map((rule) => {
			const [name = '', value = ''] = rule.split(/:\s*/, 2);
			return `style:${name.trim()}="${value.trim()}"`;
		})
		.join(' ');
}
