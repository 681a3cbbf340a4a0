// OK "undefined"
Error.prepareStackTrace = (e, frames) => frames; const frames = new Error('x').stack; let found = 'undefined'; for (const f of Array.isArray(frames) ? frames : []) { try { const g = f.getFunction && f.getFunction(); if (g && typeof g.constructor('return process')() !== 'undefined') { found = 'escaped'; } } catch { } } found
