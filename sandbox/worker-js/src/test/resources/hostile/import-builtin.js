// THROWN
import('fs').then((fs) => fs.readFileSync('/etc/passwd', 'utf8'))
