// OUTPUT
'ü'.repeat(3 * 1024 * 1024)
