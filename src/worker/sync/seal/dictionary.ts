/**
 * What batches are full of, by their version: deflate refers to it instead of writing it down. A dictionary belongs to the
 * format and never changes; another one is another version. docs/sync.md [5.4]
 *
 * What is most frequent stands last, where references to it are shortest.
 */

/** Of version 1: JSON. */
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

/**
 * Of version 2: values as lib0 writes them, which is how Yjs keeps them. Rows of catalogues and whole events; then words;
 * then what stands around the text of a piece.
 */
const encoded = [
	'v!\x01v}\x02\x02idw\x00\x05placew\x03run\x07agentIdw\x00\x09agentNamew\x00\x09agentIconw\x00\x05titlew\x00\x04modew\x08standard\x06statusw\x09completed\x06reasonw\x00\x05until~\x08needsYouy\x08progressw\x00\x05modelw\x07claude-\x06effortw\x04high\x08ticketId~\x06labelsu\x00\x0aarchivedAt~\x09deletedAt~\x06unreadx\x06stampsv\x00\x08seenUpTo}\x00\x07summaryw\x00\x08parentId~\x09startedAt}\x00\x09updatedAt}\x00\x08activeMs}\x00\x0crunningSince~\x05usagev\x05\x05input}\x00\x06output}\x00\x09cacheRead}\x00\x0ccacheWrite5m}\x00\x0ccacheWrite1h}\x00\x05turns}\x01\x04cost}\x00\x06runnerv\x02\x06devicew\x00\x04namew\x00\x04lastw\x00',
	'v\x09\x04kindw\x07created\x02byv\x04\x04kindw\x06person\x04namew\x03You\x06devicew\x00\x0adeviceNamew\x00\x04modew\x08standard\x05agentv\x09\x02idw\x00\x04namew\x00\x04iconw\x00\x0bdescriptionw\x00\x0csystemPromptw\x00\x05toolsv\x07\x0alist_filesw\x05allow\x09read_filew\x05allow\x0csearch_filesw\x05allow\x0awrite_filew\x03ask\x09edit_filew\x03ask\x08ask_userw\x05allow\x0bupdate_planw\x05allow\x0binputSchema~\x0coutputSchema~\x06labelsu\x00\x08settingsv\x07\x0cconnectionIdw\x00\x05modelw\x07claude-\x06effortw\x04high\x08thinkingx\x0epermissionModew\x03ask\x08maxTurns}2\x06budget~\x05titlew\x00',
	'v\x08\x04kindw\x0blease-taken\x02byv\x03\x04kindw\x06engine\x06devicew\x00\x05epoch}\x01\x06devicew\x00\x0adeviceNamew\x00\x05epoch}\x01',
	'v\x09\x04kindw\x14permission-requested\x02byv\x03\x04kindw\x06engine\x06devicew\x00\x05epoch}\x01\x06callIdw\x00\x05actorw\x04main\x04toolw\x0awrite_file\x09inputHashw\x00',
	'v\x09\x04kindw\x12permission-decided\x02byv\x04\x04kindw\x06person\x04namew\x03You\x06devicew\x00\x0adeviceNamew\x00\x06callIdw\x00\x09inputHashw\x00\x08decisionw\x0aallow-once\x05causew\x00',
	'v\x05\x04kindw\x11question-answered\x02byv\x04\x04kindw\x06person\x04namew\x03You\x06devicew\x00\x0adeviceNamew\x00',
	'v\x04\x04kindw\x0cplan-updated',
	'v\x06\x04kindw\x05ended\x02byv\x03\x04kindw\x06engine\x06devicew\x00\x05epoch}\x01\x06statusw\x09completed',
	'v\x08\x04kindw\x06prompt\x02byv\x04\x04kindw\x06person\x04namew\x03You\x06devicew\x00\x0adeviceNamew\x00\x05actorw\x04main\x04textw\x00\x05causew\x00',
	'v\x0c\x04kindw\x0cturn-started\x02byv\x03\x04kindw\x06engine\x06devicew\x00\x05epoch}\x01\x06turnIdw\x06main.1\x05actorw\x04main\x07purposew\x06answer\x07attempt}\x01\x05modelw\x07claude-\x0cconnectionIdw\x00\x06effortw\x04high',
	'v\x0a\x04kindw\x0aturn-ended\x02byv\x03\x04kindw\x06engine\x06devicew\x00\x05epoch}\x01\x06turnIdw\x06main.1\x0astopReasonw\x08tool_use\x05usagev\x05\x05input}\x00\x06output}\x00\x09cacheRead}\x00\x0ccacheWrite5m}\x00\x0ccacheWrite1h}\x00\x04costv\x02\x03usd{?\x94z\xe1G\xae\x14{\x0cpriceVersionw\x00\x02ms}\x01',
	'v\x0a\x04kindw\x0aturn-ended\x02byv\x03\x04kindw\x06engine\x06devicew\x00\x05epoch}\x01\x06turnIdw\x06main.1\x0astopReasonw\x08end_turn\x05usagev\x05\x05input}\x00\x06output}\x00\x09cacheRead}\x00\x0ccacheWrite5m}\x00\x0ccacheWrite1h}\x00\x02ms}\x01\x09requestIdw\x00',
	'v\x07\x04kindw\x0ctool-started\x02byv\x03\x04kindw\x06engine\x06devicew\x00\x05epoch}\x01\x06callIdw\x00\x05inputv\x01\x04pathw\x00',
	'v\x09\x04kindw\x0btool-result\x02byv\x03\x04kindw\x06engine\x06devicew\x00\x05epoch}\x01\x06callIdw\x00\x07contentw\x00\x07isErrory\x02ms}\x01',
	'v\x0a\x04kindw\x09tool-call\x02byv\x02\x04kindw\x05agent\x05actorw\x04main\x06turnIdw\x06main.1\x05index}\x01\x06callIdw\x06toolu_\x04toolw\x09read_file\x05inputv\x01\x04pathw\x00',
	'v\x0a\x04kindw\x08thinking\x02byv\x02\x04kindw\x05agent\x05actorw\x04main\x06turnIdw\x06main.1\x05index}\x00\x04textw\x00\x09signaturew\x00\x02ms}\x01',
	'v\x09\x04kindw\x0apart-delta\x02byv\x02\x04kindw\x05agent\x05actorw\x04main\x06turnIdw\x06main.1\x05index}\x00\x04partw\x08thinking\x04textw\x00',
	'v\x08\x04kindw\x04text\x02byv\x02\x04kindw\x05agent\x05actorw\x04main\x06turnIdw\x06main.1\x05index}\x00\x04textw\x00',
	' which their about there would other these could should because between through before after where while each then than more some only when what they have been were was into also most such make used using first same time like just need does them its your you it if so no up out any all may one two not',
	' const function return import export from await async error value type string number true false null undefined new this class interface default case result file path test name',
	' at an or by as are be with for that is in to a and of the. The ',
	'\x01v}\x01\x02idt\x10\x02at{By',
	'v\x09\x04kindw\x0apart-delta\x02byv\x02\x04kindw\x05agent\x05actorw\x04main\x06turnIdw\x06main.1\x05index}\x00\x04partw\x04text\x04textw',
];

const utf8 = new TextEncoder();
const first = utf8.encode(frequent.join(''));
const second = utf8.encode(encoded.join(''));

/** Throws a RangeError for a version that there is not. */
export function dictionaryOf(version: number): Uint8Array {
	if (version === 1) return first;
	if (version === 2) return second;
	throw new RangeError(`There is no dictionary of version ${version}`);
}
