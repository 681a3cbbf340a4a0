// CPU
/^(a|a|aa)*\1(b|\1)*\1c$/.test('a'.repeat(60) + '!'); for (let s = 'a';; s += 'aaaa') { /^(.*)(.*)(.*)\1\2\3(x)\4$/.test(s); }
