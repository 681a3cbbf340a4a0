// OK ["real"]
for (const k of ['e', 'v', 'text', 'answered', 'value', 'get', 'set', 'code', 'kind', 'result', '+']) { try { Object.defineProperty(Object.prototype, k, { value: 'forged', writable: true, configurable: true }); } catch { } } host.state.get('real')
