package io.tfdc.testing;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A headless Chromium: the one of the machine, {@code CHROMIUM=/path} or from the search path; none is downloaded. */
public final class Chromium implements AutoCloseable {
    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** The browser; the test is skipped where there is none, or fails if {@code -Ddefender.require.servers=true}. */
    public static Chromium start() {
        Optional<Path> program = find();
        if (program.isEmpty()) {
            throw Machine.missing("no chromium: neither CHROMIUM nor the search path names one", null);
        }
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            return new Chromium(
                    playwright,
                    playwright
                            .chromium()
                            .launch(new BrowserType.LaunchOptions()
                                    .setExecutablePath(program.get())
                                    .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"))));
        } catch (PlaywrightException e) {
            playwright.close();
            throw Machine.missing("chromium does not start: " + e.getMessage(), e);
        }
    }

    public Browser browser() {
        return browser;
    }

    private static Optional<Path> find() {
        String given = System.getenv().getOrDefault("CHROMIUM", "");
        String search = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(
                        Stream.of(given).filter(path -> !path.isEmpty()).map(Path::of),
                        Stream.of(search.split(java.io.File.pathSeparator))
                                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                                        .map(name -> Path.of(folder, name))))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
