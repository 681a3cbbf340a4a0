// OK [true,"function"]
try { host.state.get = () => 'forged'; } catch { } try { delete host.state; } catch { } try { host.mine = 1; } catch { } [JSON.stringify(host.state.get('x')) === '["x"]', typeof host.state.get]
