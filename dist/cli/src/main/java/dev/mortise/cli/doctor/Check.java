package dev.mortise.cli.doctor;

/** Looks at one thing and changes nothing. */
@FunctionalInterface
interface Check {
    /** Returns what was found; what goes wrong while looking is a finding as well. */
    Finding look();
}
