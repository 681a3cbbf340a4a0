package dev.mortise.api.sandbox;

import java.time.Duration;

/**
 * What a call used.
 *
 * @param cpu time on a processor, as far as it is known: what a killed worker used last is not
 * @param wall time by the clock, host functions included
 * @param hostWall time in host functions
 * @param hostCalls how often host functions were called
 * @since 0.1
 */
public record Usage(Duration cpu, Duration wall, Duration hostWall, int hostCalls) {}
