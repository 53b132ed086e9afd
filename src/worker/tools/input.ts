/** Reading validated tool input without assertions: a value of another type counts as absent. */
import type { JsonObject } from '$lib/domain/json';

export function textOf(input: JsonObject, key: string): string {
	const value = input[key];
	return typeof value === 'string' ? value : '';
}

export function numberOf(input: JsonObject, key: string, absent: number): number {
	const value = input[key];
	return typeof value === 'number' ? value : absent;
}

export function flagOf(input: JsonObject, key: string): boolean {
	return input[key] === true;
}
