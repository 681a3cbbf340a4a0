// HOST_DENIED
async function main() { await null; return host.tools.call('rm'); }
