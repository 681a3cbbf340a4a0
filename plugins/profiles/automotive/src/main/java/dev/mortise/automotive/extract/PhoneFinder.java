package dev.mortise.automotive.extract;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds phone numbers and writes them in E.164. The candidates are found here, by a pattern of bounded length, because
 * libphonenumber's own search is not linear on hostile text; the library then judges each candidate.
 */
final class PhoneFinder {
    private static final Logger log = LoggerFactory.getLogger(PhoneFinder.class);
    private static final int MOST_FOUND = 10;
    /** A message with more candidates than this is not a customer's; the rest is not looked at. */
    private static final int MOST_TRIED = 200;

    private static final Pattern CANDIDATE =
            Pattern.compile("(?<![\\w.,/#$£€+-])[+(]{0,2}\\d(?:[ ()./-]{0,3}\\d){6,14}(?![\\w])");
    /** How people in North America and international callers write numbers, whoever assigned them. */
    private static final Pattern WRITTEN_AS_PHONE =
            Pattern.compile("\\+[\\d ()./-]{8,24}|(?:1[ .-])?\\(?\\d{3}\\)?[ .-]{1,2}\\d{3}[ .-]\\d{4}");

    private static final Pattern OTHER_NUMBER = Pattern.compile(
            "(?:claim|invoice|order|ref|reference|number|no|no\\.|part|account|acct|policy|po|ro|case|vat(?: id)?)[:# .]{0,3}$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern PHONE_WORD =
            Pattern.compile("phone|call|tel|mobile|cell|text|reach", Pattern.CASE_INSENSITIVE);
    private static final Pattern DATE_LIKE =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}.*|\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}.*");

    private final PhoneNumberUtil library = PhoneNumberUtil.getInstance();
    private final String region;

    /** Reads national numbers as those of a region (ISO 3166-1 alpha-2). */
    PhoneFinder(String region) {
        this.region = region;
    }

    List<String> find(String text) {
        Set<String> found = new LinkedHashSet<>();
        Matcher matcher = CANDIDATE.matcher(text);
        for (int tried = 0; tried < MOST_TRIED && found.size() < MOST_FOUND && matcher.find(); tried++) {
            read(matcher.group(), text.substring(Math.max(0, matcher.start() - 24), matcher.start()))
                    .ifPresent(found::add);
        }
        return new ArrayList<>(found);
    }

    private Optional<String> read(String candidate, String before) {
        boolean announcedOtherwise = OTHER_NUMBER.matcher(before).find()
                && !PHONE_WORD.matcher(before).find();
        if (announcedOtherwise || DATE_LIKE.matcher(candidate).matches()) {
            return Optional.empty();
        }
        try {
            PhoneNumber number = library.parse(candidate, region);
            boolean valid = library.isValidNumber(number);
            // Numbers of fiction and of new area codes are written like phones and not yet known as valid.
            boolean likely = library.isPossibleNumber(number)
                    && WRITTEN_AS_PHONE.matcher(candidate).matches();
            return valid || likely ? Optional.of(library.format(number, PhoneNumberFormat.E164)) : Optional.empty();
        } catch (NumberParseException notANumber) {
            log.trace("Not a phone number: {}", notANumber.getErrorType());
            return Optional.empty();
        }
    }
}
