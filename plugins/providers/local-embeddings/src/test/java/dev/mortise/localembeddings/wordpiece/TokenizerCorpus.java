package dev.mortise.localembeddings.wordpiece;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts that make tokenizers differ: hand-picked ones, and random mixtures of every sort of character. */
final class TokenizerCorpus {
    private static final String[] PICKED = {
        "",
        " ",
        "\t\n\r ",
        "a",
        "My brakes squeal when I stop.",
        "DON'T SHOUT!!! (please)",
        "unaffable antidisestablishmentarianism",
        "résumé naïve façade Zürich Ångström",
        "re\u0301sume\u0301",
        "\u0301leading mark",
        "İstanbul ISPARTA ıldır",
        "Straße GROẞ ΟΔΥΣΣΕΥΣ Σίσυφος",
        "Привет, как дела? Тормоза скрипят",
        "العربية مع تشكيل مُحَمَّد",
        "עִבְרִית עם ניקוד",
        "हिन्दी में ब्रेक की आवाज़",
        "ไทยไม่มีช่องว่าง",
        "한국어 브레이크 소리",
        "日本語のブレーキ音がうるさいです。",
        "车辆刹车有异响,请预约",
        "㐀㐁 𠀀𠀁 豈 丽",
        "emoji 😀 👨‍👩‍👧‍👦 🇩🇪 ❤️ 👍🏽 ok",
        "zero\u200Bwidth\u200Dspace\uFEFF soft\u00ADhyphen",
        "bell\u0007 null\u0000 escape\u001B[31m delete\u007F next\u0085line",
        "nbsp\u00A0here em\u2003space ideographic\u3000space line\u2028sep para\u2029sep ogham\u1680space",
        "replacement \uFFFD sign",
        "private \uE000\uF8FF use",
        "non\uFFFEcharacter\uFFFF",
        "lone surrogates are not text",
        "VIN 1HGCM82633A004352, 84,000 km, +1 (555) 010-0199, 2026-03-05",
        "https://example.org/a?b=c&d=%20#e mail@example.org",
        "C++ C# .NET $100 €50 £20 ¥5 50% ~1 ^2 `code` <b>x</b> {y} [z] |p| \\n",
        "— – … “quoted” ‘single’ «guillemets» ¿qué? ¡no! §3 ¶ †",
        "½ ² ³ ① Ⅳ ﬁ ﬂ Ａｂｃ １２３",
        "[CLS] [SEP] [MASK] [UNK] [PAD]",
        "x[SEP]y [sep] [ SEP] [[MASK]] [CLS",
        "##ing ## # ing##",
        "_under_score-hyphen/slash",
        "a".repeat(99),
        "a".repeat(100),
        "a".repeat(101),
        "é".repeat(100),
        "é".repeat(101),
        "no-spaces-but-dashes-".repeat(40),
        "😀".repeat(120),
        "x".repeat(5_000),
        "noise from the left front wheel ".repeat(60),
        "\u037E\u1FEF\u2126\u212A\u212B",
        "ǅ ǆ Ǆ ŉ ΐ ΰ ﬃ",
        "각각 ᄀᆨ",
        "\u0958\u0959 \u0344 \u1E9B\u0323",
        "\u0F71\u0F72 \u3099\u309A が ガ",
    };

    private static final String[] WORDS =
            "The quick brown fox my car brakes noise engine Oil CHANGE refund leasing appointment Tuesday 3rd can't won't 10:30 naïve Über señor ñandú smörgåsbord tyre pre-owned 4x4 AC/DC e-mail"
                    .split(" ");

    /** Ranges of Unicode from which random texts draw, first and last code point. */
    private static final int[][] RANGES = {
        {0x00, 0x7F},
        {0x80, 0xFF},
        {0x100, 0x24F},
        {0x250, 0x36F},
        {0x370, 0x3FF},
        {0x400, 0x4FF},
        {0x590, 0x5F4},
        {0x600, 0x61C},
        {0x61E, 0x6FF},
        {0x900, 0x97F},
        {0xE00, 0xE5B},
        {0x1E00, 0x1EFF},
        {0x1F00, 0x1FFE},
        {0x2000, 0x206F},
        {0x20A0, 0x20BD},
        {0x2100, 0x218A},
        {0x2190, 0x23FA},
        {0x2460, 0x27BF},
        {0x3000, 0x30FF},
        {0x3400, 0x4DB5},
        {0x4E00, 0x9FCC},
        {0xAC00, 0xD7A3},
        {0xE000, 0xF8FF},
        {0xF900, 0xFAFF},
        {0xFB00, 0xFDFF},
        {0xFE00, 0xFFFF},
        {0x1D400, 0x1D7FF},
        {0x1F300, 0x1F64F},
        {0x1F680, 0x1F6D0},
        {0x20000, 0x2A6D6},
        {0x2A700, 0x2CEA1},
        {0x2F800, 0x2FA1D},
        {0xE0000, 0xE007F},
    };

    private TokenizerCorpus() {}

    static List<String> texts(long seed) {
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>(List.of(PICKED));
        for (int i = 0; i < 600; i++) {
            texts.add(words(random));
        }
        for (int[] range : RANGES) {
            for (int i = 0; i < 40; i++) {
                texts.add(characters(random, range));
            }
        }
        for (int i = 0; i < 600; i++) {
            texts.add(mixture(random));
        }
        return texts;
    }

    private static String words(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(1, 30); i > 0; i--) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(" ,.!?-\n".charAt(random.nextInt(7)));
        }
        return text.toString();
    }

    private static String characters(Random random, int[] range) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(1, 25); i > 0; i--) {
            text.appendCodePoint(random.nextInt(range[0], range[1] + 1));
        }
        return text.toString();
    }

    private static String mixture(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(1, 8); i > 0; i--) {
            text.append(
                    random.nextBoolean() ? words(random) : characters(random, RANGES[random.nextInt(RANGES.length)]));
        }
        return text.toString();
    }
}
