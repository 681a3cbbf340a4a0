// OK 3
Reflect.apply = () => '+"forged"'; Function.prototype.call = () => 'forged'; Function.prototype.apply = () => 'forged'; String.prototype.slice = () => 'forged'; String.prototype.indexOf = () => 0; host.state.get(3)[0]
