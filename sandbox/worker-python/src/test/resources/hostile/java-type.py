# THROWN
import java
java.type('java.lang.Runtime').getRuntime().exec('id')
