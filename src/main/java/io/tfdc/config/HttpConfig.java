package io.tfdc.config;

/** The port for probes and metrics. */
@Section("The HTTP port for probes and metrics.")
public record HttpConfig(
        @Setting(value = "Address to listen on.", byDefault = "0.0.0.0")
        String host,

        @Setting(
                value = "Port; 0 picks a free one.",
                byDefault = "9090",
                min = "0",
                max = "65535",
                env = "EA_HTTP_PORT")
        int port) {

    public HttpConfig {
        new Checks(HttpConfig.class, host, port)
                .require(!host.isBlank(), "host", "an address")
                .done();
    }
}
