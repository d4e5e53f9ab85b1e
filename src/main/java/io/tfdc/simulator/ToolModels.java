package io.tfdc.simulator;

import io.tfdc.simulator.SignalModel.Coupling;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The tool models that come with the program, read from text tables; {@code etch.txt} explains their columns. */
final class ToolModels {
    private ToolModels() {}

    /** Etch, deposition and sputtering. */
    static List<ToolModel> standard() {
        return List.of(load("etch.txt"), load("cvd.txt"), load("pvd.txt"));
    }

    private static ToolModel load(String resource) {
        try (InputStream stream = ToolModels.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("tool model " + resource + " is not in the jar");
            }
            return parse(new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("tool model " + resource, e);
        }
    }

    static ToolModel parse(List<String> lines) {
        Map<String, String[]> header = new HashMap<>();
        List<String[]> rows = new ArrayList<>();
        for (String line : lines) {
            String[] cells = line.split("\\s+", -1);
            if (rows.isEmpty() && Character.isLowerCase(cells[0].charAt(0))) {
                header.put(cells[0], Arrays.copyOfRange(cells, 1, cells.length));
            } else {
                rows.add(cells);
            }
        }
        List<RecipeStep> steps = steps(header.getOrDefault("steps", new String[0]));
        List<String> names = rows.stream().map(row -> row[0]).toList();
        String[] recipe = header.getOrDefault("recipe", new String[] {"", ""});
        return new ToolModel(
                header.getOrDefault("toolType", new String[] {""})[0],
                recipe[0],
                recipe[1],
                Double.parseDouble(header.getOrDefault("hz", new String[] {"1"})[0]),
                steps,
                Integer.parseInt(header.getOrDefault("main", new String[] {"1"})[0]) - 1,
                rows.stream().map(row -> signal(row, steps.size(), names)).toList());
    }

    /** Steps written as {@code Name:seconds} or {@code Name:seconds~spread}. */
    private static List<RecipeStep> steps(String[] texts) {
        List<RecipeStep> steps = new ArrayList<>();
        for (String text : texts) {
            String[] parts = text.split("[:~]", -1);
            double spread = parts.length > 2 ? Double.parseDouble(parts[2]) : 0;
            steps.add(new RecipeStep(steps.size() + 1, parts[0], Double.parseDouble(parts[1]), spread));
        }
        return steps;
    }

    private static SignalModel signal(String[] row, int steps, List<String> names) {
        List<Double> setPoints = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            setPoints.add(Double.parseDouble(row[3 + i]));
        }
        int at = 3 + steps;
        List<Coupling> couplings = new ArrayList<>();
        for (int i = at + 5; i < row.length; i++) {
            String[] parts = row[i].split(":", -1);
            int source = names.indexOf(parts[0]);
            if (source < 0) {
                throw new IllegalArgumentException(row[0] + ": is coupled to " + parts[0] + ", which is not a signal");
            }
            couplings.add(new Coupling(source, Double.parseDouble(parts[1])));
        }
        return new SignalModel(
                row[0],
                row[1],
                SignalRole.valueOf(row[2].toUpperCase(Locale.ROOT)),
                setPoints,
                Double.parseDouble(row[at]),
                Double.parseDouble(row[at + 1]),
                Double.parseDouble(row[at + 2]),
                Double.parseDouble(row[at + 3]),
                Math.rint(1 / Double.parseDouble(row[at + 4])),
                couplings);
    }
}
