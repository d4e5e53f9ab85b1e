package io.tfdc;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;

/** Holds the package rules of {@code docs/decisions/0002-pure-core-and-package-directions.md}. */
@AnalyzeClasses(packages = "io.tfdc", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    /** Protocols and mathematics: events and the time go in, results come out. */
    private static final String[] PURE = {
        "io.tfdc.model..",
        "io.tfdc.mebo..",
        "io.tfdc.spc..",
        "io.tfdc.uchart..",
        "io.tfdc.strategy..",
        "io.tfdc.backtest..",
        "io.tfdc.yaml..",
        "io.tfdc.coordination..",
        "io.tfdc.leader..",
        "io.tfdc.clustersim..",
        "io.tfdc.election.lease.."
    };

    /** Implementations of ports; each knows its port and the core. */
    private static final List<String> ADAPTERS = List.of(
            "io.tfdc.messaging.nats..",
            "io.tfdc.messaging.embedded..",
            "io.tfdc.election.embedded..",
            "io.tfdc.election.natskv..",
            "io.tfdc.election.grpc..",
            "io.tfdc.storage.cassandra..",
            "io.tfdc.storage.sqlite..",
            "io.tfdc.tracing.otlp..");

    @ArchTest
    static final ArchRule pure_packages_know_no_io_no_threads_and_no_frameworks = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "io.vertx..",
                            "io.netty..",
                            "io.nats..",
                            "com.datastax..",
                            "org.sqlite..",
                            "org.slf4j..",
                            "picocli..",
                            "java.sql..",
                            "java.net..",
                            "java.nio.file..",
                            "java.nio.channels..",
                            "java.util.concurrent..",
                            "java.util.logging..")
                    .or(nameMatching("java\\.io\\.(File|Console|RandomAccess).*"))
                    .or(nameMatching("java\\.util\\.Timer.*"))
                    .or(nameMatching("java\\.lang\\.(Thread|ThreadGroup|Process|ProcessBuilder|Runtime)")))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule pure_packages_are_told_the_time_and_bring_no_chance = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethodWhere(new DescribedPredicate<>("a clock, a sleep or an unseeded random number is used") {
                @Override
                public boolean test(com.tngtech.archunit.core.domain.JavaMethodCall call) {
                    String owner = call.getTargetOwner().getName();
                    String method = call.getName();
                    return owner.equals("java.time.Clock")
                            || (owner.startsWith("java.time.") && method.equals("now"))
                            || (owner.equals("java.lang.System")
                                    && !method.equals("arraycopy")
                                    && !method.equals("identityHashCode"))
                            || (owner.equals("java.lang.Math") && method.equals("random"))
                            || (owner.equals("java.util.UUID") && method.equals("randomUUID"));
                }
            })
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule pure_packages_depend_on_pure_packages_alone = classes()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(PURE).or(not(resideInAPackage("io.tfdc.."))))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule the_model_depends_on_nothing_of_ours = onlyDependsOn("io.tfdc.model..");

    @ArchTest
    static final ArchRule yaml_depends_on_nothing_of_ours = onlyDependsOn("io.tfdc.yaml..");

    @ArchTest
    static final ArchRule the_codec_depends_on_nothing_of_ours = onlyDependsOn("io.tfdc.mebo..");

    @ArchTest
    static final ArchRule statistics_depend_on_the_model = onlyDependsOn("io.tfdc.spc..", "io.tfdc.model..");

    @ArchTest
    static final ArchRule logging_depends_on_nothing_of_ours = onlyDependsOn("io.tfdc.logging..");

    @ArchTest
    static final ArchRule the_configuration_depends_on_model_and_yaml =
            onlyDependsOn("io.tfdc.config..", "io.tfdc.model..", "io.tfdc.yaml..");

    @ArchTest
    static final ArchRule the_broker_port_depends_on_the_model = onlyDependsOn("io.tfdc.messaging", "io.tfdc.model..");

    @ArchTest
    static final ArchRule the_store_port_depends_on_the_model = onlyDependsOn("io.tfdc.storage", "io.tfdc.model..");

    @ArchTest
    static void adapters_are_known_to_the_wiring_alone(JavaClasses all) {
        for (String adapter : ADAPTERS) {
            noClasses()
                    .that(not(resideInAnyPackage(adapter, "io.tfdc.cli..")))
                    .should()
                    .dependOnClassesThat(resideInAPackage(adapter))
                    .allowEmptyShould(true)
                    .check(all);
        }
    }

    @ArchTest
    static final ArchRule adapters_depend_on_ports_and_core_alone = classes()
            .that()
            .resideInAnyPackage(ADAPTERS.toArray(String[]::new))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(PURE)
                    .or(resideInAnyPackage(
                            "io.tfdc.messaging..", "io.tfdc.storage..", "io.tfdc.election..", "io.tfdc.tracing.."))
                    .or(not(resideInAPackage("io.tfdc.."))))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule jnats_stays_in_its_adapter = libraryStaysIn("io.nats..", "io.tfdc.messaging.nats..");

    @ArchTest
    static final ArchRule the_cassandra_driver_stays_in_its_adapter =
            libraryStaysIn("com.datastax..", "io.tfdc.storage.cassandra..");

    @ArchTest
    static final ArchRule opentelemetry_stays_in_its_adapter =
            libraryStaysIn("io.opentelemetry..", "io.tfdc.tracing.otlp..");

    @ArchTest
    static final ArchRule the_tracing_port_depends_on_the_model = onlyDependsOn("io.tfdc.tracing", "io.tfdc.model..");

    @ArchTest
    static final ArchRule ratis_stays_behind_the_leases =
            libraryStaysIn("org.apache.ratis..", "io.tfdc.election.raft..");

    @ArchTest
    static final ArchRule the_agents_protocol_stays_with_the_agent_and_its_client =
            libraryStaysIn("grpc..", "io.tfdc.election.agent..", "io.tfdc.election.grpc..");

    @ArchTest
    static final ArchRule jdbc_stays_in_the_sqlite_adapter_and_the_cache = libraryStaysIn(
            "java.sql..", "io.tfdc.storage.database..", "io.tfdc.storage.sqlite..", "io.tfdc.storage.cache..");

    @ArchTest
    static final ArchRule picocli_stays_on_the_command_line = libraryStaysIn("picocli..", "io.tfdc.cli..");

    @ArchTest
    static final ArchRule nobody_depends_on_the_command_line_but_the_entry_point = noClasses()
            .that(not(resideInAPackage("io.tfdc.cli..")).and(not(nameMatching("io\\.tfdc\\.Main"))))
            .should()
            .dependOnClassesThat(resideInAPackage("io.tfdc.cli.."));

    @ArchTest
    static final ArchRule packages_form_no_cycles =
            slices().matching("io.tfdc.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobody_writes_to_the_standard_streams =
            GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule nobody_logs_past_slf4j = GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule nobody_injects_into_fields = GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

    @ArchTest
    static final ArchRule static_state_does_not_change = fields().that()
            .areStatic()
            .should(new ArchCondition<>("be constant") {
                @Override
                public void check(JavaField field, ConditionEvents events) {
                    boolean generated = field.getModifiers().contains(JavaModifier.SYNTHETIC);
                    boolean constant = field.getModifiers().contains(JavaModifier.FINAL)
                            && !MUTABLE.contains(field.getRawType().getName())
                            && !field.getRawType().getPackageName().equals("java.util.concurrent.atomic");
                    if (!generated && !constant) {
                        events.add(SimpleConditionEvent.violated(
                                field,
                                field.getFullName() + " can change ("
                                        + field.getRawType().getName() + ")"));
                    }
                }
            });

    private static final Set<String> MUTABLE = Set.of(
            "java.util.ArrayList",
            "java.util.HashMap",
            "java.util.LinkedHashMap",
            "java.util.HashSet",
            "java.util.concurrent.ConcurrentHashMap",
            "java.util.concurrent.ConcurrentMap",
            "java.lang.StringBuilder");

    @ArchTest
    static final ArchRule names_say_what_a_class_is = noClasses()
            .should()
            .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)")
            .because("a name carries the domain, not the mechanics");

    /** A setting that nobody reads would promise something and do nothing. */
    @ArchTest
    static void every_setting_is_read_by_somebody(JavaClasses all) {
        Collection<String> unread = new TreeSet<>();
        for (JavaClass section : all) {
            if (!section.isAnnotatedWith("io.tfdc.config.Section")) {
                continue;
            }
            for (JavaField setting : section.getFields()) {
                boolean asked = section.tryGetMethod(setting.getName()).stream()
                        .flatMap(accessor -> accessor.getAccessesToSelf().stream())
                        .anyMatch(access -> !access.getOriginOwner().equals(section));
                boolean used = setting.getAccessesToSelf().stream()
                        .map(JavaFieldAccess::getOrigin)
                        .anyMatch(user -> !user.getName().equals("<init>")
                                && !(user.getName().equals(setting.getName())
                                        && user.getRawParameterTypes().isEmpty()));
                if (!setting.getModifiers().contains(JavaModifier.STATIC) && !asked && !used) {
                    unread.add(section.getSimpleName() + '.' + setting.getName());
                }
            }
        }
        assertEquals(Set.of(), Set.copyOf(unread), "settings without effect");
    }

    @ArchTest
    static void every_package_says_what_it_holds_and_is_null_marked(JavaClasses all) {
        Collection<String> unmarked = new TreeSet<>();
        for (JavaClass type : all) {
            JavaPackage home = type.getPackage();
            boolean marked = home.tryGetPackageInfo()
                    .map(info -> info.isAnnotatedWith(NullMarked.class))
                    .orElse(false);
            if (!marked) {
                unmarked.add(home.getName());
            }
        }
        assertEquals(Set.of(), Set.copyOf(unmarked), "packages without a null-marked package-info.java");
    }

    private static ArchRule onlyDependsOn(String... packages) {
        return classes()
                .that()
                .resideInAPackage(packages[0])
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(packages).or(not(resideInAPackage("io.tfdc.."))))
                .allowEmptyShould(true);
    }

    private static ArchRule libraryStaysIn(String library, String... packages) {
        return noClasses()
                .that(not(resideInAnyPackage(packages)))
                .should()
                .dependOnClassesThat(resideInAPackage(library))
                .allowEmptyShould(true);
    }
}
