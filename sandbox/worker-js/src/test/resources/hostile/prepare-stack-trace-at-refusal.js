// OK "undefined"
let seen = []; Error.prepareStackTrace = (e, frames) => { seen = frames; return ''; }; try { host.nothing(); } catch (e) { e.stack; } let found = 'undefined'; for (const f of seen) { try { const t = f.getThis(); if (t && typeof t.process !== 'undefined') { found = 'escaped'; } } catch { } } found
