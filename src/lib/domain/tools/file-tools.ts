import type { JsonObject } from '../json';
import type { ToolDefinition } from '../tool';

export const MAX_SEARCH_RESULTS = 500;

const path: JsonObject = {
	type: 'string',
	minLength: 1,
	description: 'Path of the file, relative, with / between folders. Example: notes/summary.md',
};

export const listFiles: ToolDefinition = {
	name: 'list_files',
	label: 'List files of the run',
	icon: 'doc',
	description:
		'Lists the files of this session with their length in lines. Call it before you assume that a file exists. ' +
		'The files belong to this session only: they are not the files of the computer. A new session has none, ' +
		'and whatever you write here the person sees and can download.',
	inputSchema: {
		type: 'object',
		properties: {
			glob: {
				type: 'string',
				minLength: 1,
				maxLength: 200,
				description:
					'Only paths that match. * stands for any characters but /, ** for any folders, ? for one ' +
					'character, {a,b} for either. Example: src/**/*.ts',
			},
		},
		additionalProperties: false,
	},
	effect: 'read',
	repeatable: true,
};

export const readFile: ToolDefinition = {
	name: 'read_file',
	label: 'Read files of the run',
	icon: 'file',
	description:
		'Reads a session file. Every line comes with its number and a tab, which are not part of the file. ' +
		'Long files come in pieces: the result says which lines you got and which offset continues. ' +
		'Read a file before you edit it.',
	inputSchema: {
		type: 'object',
		properties: {
			path,
			offset: {
				type: 'integer',
				minimum: 1,
				description: 'First line to read, counted from 1. Default 1.',
			},
			limit: {
				type: 'integer',
				minimum: 1,
				maximum: 20000,
				description: 'How many lines to read at most. Default 2000.',
			},
		},
		required: ['path'],
		additionalProperties: false,
	},
	effect: 'read',
	repeatable: true,
};

export const searchFiles: ToolDefinition = {
	name: 'search_files',
	label: 'Search files of the run',
	icon: 'search',
	description:
		'Finds lines in the session files. Returns path, line number and the line for every match. The query is plain ' +
		'text unless regex is true. Regular expressions are matched line by line and in linear time: classes, groups, ' +
		'alternatives, quantifiers, anchors and \\b work; look-around and back-references do not.',
	inputSchema: {
		type: 'object',
		properties: {
			query: {
				type: 'string',
				minLength: 1,
				maxLength: 1000,
				description: 'What to look for, within one line.',
			},
			regex: {
				type: 'boolean',
				description: 'Read the query as a regular expression. Default false.',
			},
			case_sensitive: { type: 'boolean', description: 'Tell A from a. Default false.' },
			glob: {
				type: 'string',
				minLength: 1,
				maxLength: 200,
				description: 'Only files whose path matches. Example: src/**/*.ts',
			},
			max_results: {
				type: 'integer',
				minimum: 1,
				maximum: MAX_SEARCH_RESULTS,
				description: 'How many matching lines to return at most. Default 100.',
			},
		},
		required: ['query'],
		additionalProperties: false,
	},
	effect: 'read',
	repeatable: true,
};

export const writeFile: ToolDefinition = {
	name: 'write_file',
	label: 'Write files of the run',
	icon: 'write',
	description:
		'Writes a session file: creates it, or replaces all of it. Give the complete content, never a part of it with ' +
		'the rest left out. To change some lines of a file that exists, use edit_file. The person may be asked first ' +
		'and may change the content: the result says what was written.',
	inputSchema: {
		type: 'object',
		properties: {
			path,
			content: { type: 'string', description: 'The whole content of the file.' },
		},
		required: ['path', 'content'],
		additionalProperties: false,
	},
	effect: 'edit',
	repeatable: false,
};

export const editFile: ToolDefinition = {
	name: 'edit_file',
	label: 'Edit files of the run',
	icon: 'pencil',
	description:
		'Replaces text in a session file. old_string must be in the file exactly as given, with its spaces and line ' +
		'breaks and without the line numbers read_file shows, and it must be there once: add lines around it until it ' +
		'is unique, or set replace_all to replace every place. An empty new_string deletes.',
	inputSchema: {
		type: 'object',
		properties: {
			path,
			old_string: { type: 'string', minLength: 1, description: 'The text to replace, exactly.' },
			new_string: { type: 'string', description: 'The text to put in its place.' },
			replace_all: { type: 'boolean', description: 'Replace every place. Default false.' },
		},
		required: ['path', 'old_string', 'new_string'],
		additionalProperties: false,
	},
	effect: 'edit',
	repeatable: false,
};
