/** Pages as people meet them: in a real browser, headless, driven from outside. */
@NullMarked
package dev.mortise.dist.browser;

import org.jspecify.annotations.NullMarked;
