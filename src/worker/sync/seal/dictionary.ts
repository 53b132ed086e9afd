/**
 * What batches of version 1 are full of: deflate refers to it instead of writing it down. It belongs to the format and
 * never changes; another one is another version. docs/sync.md [5.4]
 *
 * What is most frequent stands last, where references to it are shortest.
 */
const frequent = [
	'"context":"attachments":"mode":"standard","agent":{"name":"icon":"description":"systemPrompt":"tools":{',
	'"list_files":"allow","read_file":"allow","search_files":"allow","write_file":"ask","edit_file":"ask","ask_user":"update_plan":',
	'"settings":{"connectionId":"model":"claude-opus-claude-sonnet-claude-haiku-"effort":"high","thinking":true,"permissionMode":"maxTurns":"budget":null}',
	'"kind":"created","kind":"archived","kind":"renamed","title":"kind":"ticket-linked","ticketId":"kind":"labels-changed","kind":"seen"',
	'"kind":"lease-taken","kind":"permission-requested","kind":"permission-decided","decision":"allow","inputHash":"callId":"',
	'"kind":"question-asked","kind":"question-answered","kind":"plan-updated","items":[{"text":"status":"done"},{"kind":"output","raw":"value":"problems":[]',
	'"kind":"turn-failed","kind":"ended","status":"completed"}"kind":"prompt","text":"by":{"kind":"person","name":"device":"deviceName":"',
	'"kind":"tool-started","kind":"tool-result","content":"isError":false,"files":[{"path":"content":"kind":"tool-call","tool":"input":{"path":"',
	'"kind":"turn-started","purpose":"answer","attempt":1,"kind":"turn-ended","stopReason":"end_turn","usage":{"input":0,"output":0,"cacheRead":0,"cacheWrite5m":0,"cacheWrite1h":0},"cost":{"usd":0.0,"priceVersion":"ms":',
	'"by":{"kind":"engine","device":"epoch":1},"kind":"thinking","signature":"part":"thinking",',
	' of the and to in is that for it with as this be on are or by from will can has not file function return const ',
	'{"v":1,"id":"01J","sessionId":"01J"at":178"by":{"kind":"agent","actor":"main"},"turnId":"main.1","index":0,"kind":"part-delta","part":"text","text":"',
];

export const dictionary = new TextEncoder().encode(frequent.join(''));
