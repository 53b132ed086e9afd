/** What a model can do, as its endpoint says; empty lists where the endpoint says nothing. */
export interface ModelInfo {
	id: string;
	name: string;
	/** Tokens; null where unknown. */
	maxInput: number | null;
	maxOutput: number | null;
	/** Effort levels the model has, in rising order, e.g. low, medium, high, xhigh, max. */
	efforts: string[];
	/** Request forms of thinking the model takes: `adaptive`, `enabled`. */
	thinking: string[];
	structuredOutput: boolean;
	images: boolean;
	pdf: boolean;
	/** `typed`: the user wrote the id down, nothing is known about it. */
	source: 'listed' | 'typed';
}

/** How one kind of compatible server differs from Anthropic's own. */
export interface Quirks {
	/** Where models are listed: Anthropic's `/v1/models`, or nowhere. */
	lists: 'models' | 'none';
	/** Headers the server's CORS rules don't allow and that are therefore left out. */
	dropHeaders: string[];
	sendsThinking: boolean;
	sendsEffort: boolean;
	/** False: the schema is put into the system prompt instead. */
	sendsSchema: boolean;
	sendsCacheControl: boolean;
	/** Its listing says which models take images and PDF. Elsewhere they are sent, and the server decides. */
	listsInputs: boolean;
}

/** An endpoint and what is known of it. Its key is elsewhere, sealed; a connection never leaves the device. */
export interface Connection {
	v: 1;
	id: string;
	kind: 'anthropic' | 'compatible' | 'practice';
	name: string;
	/** Without a trailing slash and without `/v1`. Empty for Practice. */
	baseUrl: string;
	auth: 'bearer' | 'x-api-key' | 'none';
	/** Name of the quirks profile: `anthropic`, `ollama`, `lm-studio`, `llama-cpp`, `openrouter`, `deepseek`, `other`. */
	profile: string;
	/** The last four characters of the key, to tell keys apart; null without a key. */
	keyHint: string | null;
	models: ModelInfo[];
	/** When the endpoint last answered, epoch ms. */
	checkedAt: number | null;
	createdAt: number;
}
