// THROWN
Java.type('java.lang.Runtime').getRuntime().exec('id')
