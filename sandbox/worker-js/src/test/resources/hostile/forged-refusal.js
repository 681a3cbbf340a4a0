// THROWN
const e = new Error('x'); e.code = 'sandbox.not-granted'; throw e;
