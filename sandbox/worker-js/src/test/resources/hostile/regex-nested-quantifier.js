// OK false
/^(a+)+$/.test('a'.repeat(40) + '!')
