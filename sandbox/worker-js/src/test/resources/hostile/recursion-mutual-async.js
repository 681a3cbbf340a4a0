// STACK|CPU
async function a() { await b(); } async function b() { await a(); } a()
