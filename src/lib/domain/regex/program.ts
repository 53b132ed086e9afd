import { RegexProblem, type Assertion, type Atom, type RegexNode } from './parse';

/** One step of the compiled expression; `to` are indices into the program. */
export type Step =
	| { is: 'take'; atom: Atom; to: number }
	| { is: 'fork'; to: number[] }
	| { is: 'assert'; kind: Assertion; to: number }
	| { is: 'match' };

const MAX_STEPS = 1_500;

/** Compiles (Thompson's construction), from the end backwards: every piece knows what follows it. Step 0 is the match. */
export function compile(root: RegexNode): { steps: Step[]; start: number } {
	const steps: Step[] = [{ is: 'match' }];
	const add = (step: Step): number => {
		if (steps.length >= MAX_STEPS)
			throw new RegexProblem('The expression is too large. Use smaller repeat counts.');
		return steps.push(step) - 1;
	};

	const build = (node: RegexNode, to: number): number => {
		switch (node.is) {
			case 'atom':
				return add({ is: 'take', atom: node.atom, to });
			case 'assert':
				return add({ is: 'assert', kind: node.kind, to });
			case 'sequence':
				return node.parts.reduceRight((next, part) => build(part, next), to);
			case 'choice':
				return add({ is: 'fork', to: node.options.map((option) => build(option, to)) });
			case 'repeat':
				return repeat(node.node, node.min, node.max, to);
		}
	};

	const repeat = (node: RegexNode, min: number, max: number | null, to: number): number => {
		if (Math.max(min, max ?? 0) > MAX_STEPS)
			throw new RegexProblem('The expression is too large. Use smaller repeat counts.');
		let next = to;
		if (max === null) {
			const loop: Step & { is: 'fork' } = { is: 'fork', to: [to] };
			next = add(loop);
			loop.to.push(build(node, next));
		} else {
			for (let n = min; n < max; n++) next = add({ is: 'fork', to: [to, build(node, next)] });
		}
		for (let n = 0; n < min; n++) next = build(node, next);
		return next;
	};

	return { start: build(root, 0), steps };
}
