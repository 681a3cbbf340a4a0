package dev.mortise.automotive.extract;

/**
 * A vehicle identification number (ISO 3779): 17 characters, no I, O or Q.
 *
 * @param value the 17 characters in upper case
 * @param checked whether the check digit of 49 CFR 565.15 (position 9) holds; it is only required of vehicles for North
 *     America, so a number from elsewhere may be right without
 * @since 0.1
 */
public record Vin(String value, boolean checked) {
    /** Length of every vehicle identification number since 1981. */
    static final int LENGTH = 17;

    private static final int CHECK_POSITION = 8;

    /** 49 CFR 565.15(c)(4), table V: the weight of each position; the check digit itself weighs nothing. */
    private static final int[] WEIGHTS = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};

    /** 49 CFR 565.15(c)(3), table IV: the value of A to Z; 0 for the letters that do not occur. */
    private static final int[] LETTERS = {1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 0, 7, 0, 9, 2, 3, 4, 5, 6, 7, 8, 9};

    /** Returns whether the check digit holds for 17 characters in upper case. */
    static boolean checkDigitHolds(String vin) {
        int sum = 0;
        for (int i = 0; i < LENGTH; i++) {
            char c = vin.charAt(i);
            int value = c <= '9' ? c - '0' : LETTERS[c - 'A'];
            sum += value * WEIGHTS[i];
        }
        int remainder = sum % 11;
        char expected = remainder == 10 ? 'X' : (char) ('0' + remainder);
        return vin.charAt(CHECK_POSITION) == expected;
    }

    /** Returns whether vehicles with this beginning must carry the check digit: built in North America (ISO 3780). */
    static boolean checkDigitRequired(String vin) {
        return vin.charAt(0) >= '1' && vin.charAt(0) <= '5';
    }
}
