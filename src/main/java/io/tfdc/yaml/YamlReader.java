package io.tfdc.yaml;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML 1.2 document into a tree. JSON is YAML and works too. Refused: anchors, aliases, tags, duplicate keys,
 * keys that aren't text, a second document, and anything larger than the bounds below. The parser's events are turned into
 * nodes directly, so that depth is bounded before anything recurses.
 */
public final class YamlReader {
    /** Longest document in characters. */
    public static final int MAX_LENGTH = 1 << 20;
    /** Deepest nesting. */
    public static final int MAX_DEPTH = 64;
    /** Most nodes. */
    public static final int MAX_NODES = 100_000;

    private static final int MAX_KEY_LENGTH = 256;

    private final String source;
    private final Iterator<Event> events;
    private int nodes;

    private YamlReader(String source, Iterator<Event> events) {
        this.source = source;
        this.events = events;
    }

    /**
     * Reads a document; nothing at all reads as an empty mapping.
     *
     * @param sourceName stands in positions, a file name as a rule
     * @throws YamlException if it isn't YAML or breaks a bound
     */
    public static YamlNode read(String sourceName, String text) {
        YamlPosition root = new YamlPosition(sourceName, 1, 1, "");
        if (text.length() > MAX_LENGTH) {
            throw new YamlException(root, "expected at most " + MAX_LENGTH + " characters, found " + text.length());
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel(sourceName)
                .setCodePointLimit(MAX_LENGTH)
                .build();
        try {
            return new YamlReader(
                            sourceName, new Parse(settings).parseString(text).iterator())
                    .document(root);
        } catch (MarkedYamlEngineException e) {
            throw new YamlException(position(root, e.getProblemMark()), "not YAML: " + oneLine(e.getProblem()));
        } catch (YamlEngineException e) {
            throw new YamlException(root, "not YAML: " + oneLine(String.valueOf(e.getMessage())));
        }
    }

    private YamlNode document(YamlPosition root) {
        YamlNode document = null;
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof DocumentStartEvent && document != null) {
                throw new YamlException(position(root, event.getStartMark()), "expected one document, found another");
            }
            if (event instanceof NodeEvent) {
                document = node(event, position(root, event.getStartMark()), 0);
            }
        }
        return document == null ? new YamlMapping(root, Map.of(), Map.of()) : document;
    }

    private YamlNode node(Event event, YamlPosition at, int depth) {
        if (depth > MAX_DEPTH) {
            throw new YamlException(at, "nested deeper than " + MAX_DEPTH + " levels");
        }
        if (++nodes > MAX_NODES) {
            throw new YamlException(at, "more than " + MAX_NODES + " values");
        }
        if (event instanceof AliasEvent) {
            throw new YamlException(at, "aliases (*name) are not supported: repeat the value");
        }
        if (((NodeEvent) event).getAnchor().isPresent()) {
            throw new YamlException(at, "anchors (&name) are not supported: repeat the value");
        }
        if (event instanceof ScalarEvent scalar) {
            refuseTag(scalar.getTag(), at);
            return new YamlScalar(at, scalar.getValue(), scalar.getScalarStyle() == ScalarStyle.PLAIN);
        }
        refuseTag(((CollectionStartEvent) event).getTag(), at);
        return event instanceof SequenceStartEvent ? sequence(at, depth) : mapping(at, depth);
    }

    private YamlSequence sequence(YamlPosition at, int depth) {
        List<YamlNode> items = new ArrayList<>();
        for (Event event = events.next(); event instanceof NodeEvent; event = events.next()) {
            YamlPosition mark = position(at, event.getStartMark());
            items.add(node(event, at.child(items.size(), mark.line(), mark.column()), depth + 1));
        }
        return new YamlSequence(at, items);
    }

    private YamlMapping mapping(YamlPosition at, int depth) {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        Map<String, YamlPosition> keys = new LinkedHashMap<>();
        for (Event event = events.next(); event instanceof NodeEvent; event = events.next()) {
            YamlPosition keyMark = position(at, event.getStartMark());
            if (event instanceof SequenceStartEvent
                    || event instanceof MappingStartEvent
                    || !(node(event, keyMark, depth + 1) instanceof YamlScalar key)) {
                throw new YamlException(keyMark, "expected a text as key, found a list or mapping");
            }
            if (key.text().length() > MAX_KEY_LENGTH) {
                throw new YamlException(keyMark, "expected a key of at most " + MAX_KEY_LENGTH + " characters");
            }
            YamlPosition keyAt = at.child(key.text(), keyMark.line(), keyMark.column());
            Event valueEvent = events.next();
            YamlPosition valueMark = position(at, valueEvent.getStartMark());
            YamlNode value = node(valueEvent, at.child(key.text(), valueMark.line(), valueMark.column()), depth + 1);
            YamlPosition earlier = keys.put(key.text(), keyAt);
            if (earlier != null) {
                throw new YamlException(keyAt, "duplicate key, first in line " + earlier.line());
            }
            entries.put(key.text(), value);
        }
        return new YamlMapping(at, entries, keys);
    }

    private void refuseTag(Optional<String> tag, YamlPosition at) {
        if (tag.isPresent()) {
            throw new YamlException(at, "tags (" + oneLine(tag.get()) + ") are not supported");
        }
    }

    private static YamlPosition position(YamlPosition parent, Optional<Mark> mark) {
        return mark.map(m -> new YamlPosition(parent.source(), m.getLine() + 1, m.getColumn() + 1, parent.path()))
                .orElse(parent);
    }

    private static String oneLine(String message) {
        String line = message.replaceAll("\\s+", " ").strip();
        return line.length() > 200 ? line.substring(0, 200) + "..." : line;
    }

    @Override
    public String toString() {
        return "YamlReader[" + source + ']';
    }
}
