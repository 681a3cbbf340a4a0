package dev.mortise.cli.inbox;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** The words of an HTML mail, with a line for each block and a gap between cells. */
final class HtmlText {
    private HtmlText() {}

    static String of(String html) {
        Element body = Jsoup.parse(html).body();
        StringBuilder text = new StringBuilder();
        body.traverse(new NodeVisitor() {
            @Override
            public void head(Node node, int depth) {
                // Script and style hold data nodes, not text nodes, and so stay out.
                if (node instanceof TextNode words) {
                    text.append(words.text());
                } else if (node.nameIs("br")) {
                    text.append('\n');
                }
            }

            @Override
            public void tail(Node node, int depth) {
                if (node.nameIs("td") || node.nameIs("th")) {
                    text.append(' ');
                } else if (node instanceof Element element && element.isBlock()) {
                    text.append('\n');
                }
            }
        });
        return text.toString()
                .replace('\u00A0', ' ')
                .replaceAll("[ \t]+", " ")
                .replaceAll(" ?\n ?", "\n")
                .replaceAll("\n{3,}", "\n\n")
                .strip();
    }
}
