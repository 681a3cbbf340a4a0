/**
 * Measurements, to be run by hand: {@code ./mvnw -Pbench -pl dist/bench -am verify -DskipTests -DskipITs
 * -Dbench=plugins}. Machines are noisy, so whatever is compared is measured in turns within one run and reported as a
 * ratio.
 */
@NullMarked
package dev.mortise.bench;

import org.jspecify.annotations.NullMarked;
