/** Tests of live reload: builds that are real jars, a server that is planted. */
@NullMarked
package dev.mortise.cli.plugin.dev;

import org.jspecify.annotations.NullMarked;
