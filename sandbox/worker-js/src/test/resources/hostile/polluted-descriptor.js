// HOST_DENIED
Object.prototype.get = () => 'forged'; Object.prototype.set = () => { }; host.state.put('x')
