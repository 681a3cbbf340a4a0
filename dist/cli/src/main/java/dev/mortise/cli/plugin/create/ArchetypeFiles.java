package dev.mortise.cli.plugin.create;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What {@code META-INF/maven/archetype-metadata.xml} says of an archetype's files: which are filled in, and which go
 * into the folder of the Java package. As in Maven's own plugin, the POM is always filled in.
 */
record ArchetypeFiles(List<Rule> rules) {
    private static final String METADATA = "META-INF/maven/archetype-metadata.xml";

    /**
     * A {@code fileSet} of the metadata.
     *
     * @param directory the folder it is about; empty for the project's own
     * @param includes patterns of paths below the folder; none stands for all
     * @param isFiltered whether properties in its files are replaced
     * @param isPackaged whether its files go into the package's folder
     */
    record Rule(String directory, List<String> includes, boolean isFiltered, boolean isPackaged) {
        boolean covers(String path) {
            String prefix = directory.isEmpty() ? "" : directory + "/";
            if (!path.startsWith(prefix)) {
                return false;
            }
            Path below = Path.of(path.substring(prefix.length()));
            return includes.isEmpty()
                    || includes.stream()
                            .anyMatch(include -> FileSystems.getDefault()
                                    .getPathMatcher("glob:" + include)
                                    .matches(below));
        }

        /** Returns where a file of the archetype goes in the project. */
        String place(String path, String packageFolder) {
            return isPackaged ? directory + "/" + packageFolder + "/" + path.substring(directory.length() + 1) : path;
        }
    }

    static ArchetypeFiles read(JarFile jar) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getEntry(METADATA))) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            return read(factory.newDocumentBuilder().parse(in));
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(METADATA + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static ArchetypeFiles read(Document document) {
        List<Rule> rules = new ArrayList<>();
        rules.add(new Rule("", List.of("pom.xml"), true, false));
        NodeList sets = document.getElementsByTagName("fileSet");
        for (int i = 0; i < sets.getLength(); i++) {
            Element set = (Element) sets.item(i);
            rules.add(new Rule(
                    texts(set, "directory").getFirst(),
                    texts(set, "include"),
                    Boolean.parseBoolean(set.getAttribute("filtered")),
                    Boolean.parseBoolean(set.getAttribute("packaged"))));
        }
        return new ArchetypeFiles(List.copyOf(rules));
    }

    private static List<String> texts(Element parent, String name) {
        List<String> texts = new ArrayList<>();
        NodeList elements = parent.getElementsByTagName(name);
        for (int i = 0; i < elements.getLength(); i++) {
            texts.add(elements.item(i).getTextContent().strip());
        }
        return texts;
    }

    /** Returns the first rule that covers the file; one that no rule covers is taken as it is. */
    Rule ruleFor(String path) {
        return rules.stream()
                .filter(rule -> rule.covers(path))
                .findFirst()
                .orElseGet(() -> new Rule("", List.of(), false, false));
    }
}
