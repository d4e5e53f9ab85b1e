package io.tfdc.deployment;

/** What can happen to a cluster, and who is told. */
final class AlertCases {
    private static final String CREEPING = "DefenderErrorBudgetCreeping DefenderLatencyBudgetCreeping";
    private static final String SLOW = CREEPING + " DefenderErrorBudgetSlow DefenderLatencyBudgetSlow";
    private static final String MEDIUM = SLOW + " DefenderErrorBudgetMedium DefenderLatencyBudgetMedium";

    private AlertCases() {}

    static RuleCases ofTheCluster() {
        RuleCases cases = new RuleCases("30s", ".+");
        quiet(cases);
        members(cases);
        leadership(cases);
        assignments(cases);
        processing(cases);
        store(cases);
        servers(cases);
        return cases;
    }

    /** Some target is down all the time for seven minutes, none for longer than 45 s. */
    private static ClusterSeries oneAfterTheOther() {
        ClusterSeries cluster = ClusterSeries.healthy();
        for (int i = 0; i < 10; i++) {
            int before = 16 + 3 * i;
            cluster.changeDefenders("up", i, i, "1x" + before + " 0x2 stale");
            cluster.add("up", "job=\"defender\",pod=\"e" + i + '"', "_x" + before + " 0x2 1x400");
        }
        return cluster;
    }

    /** What happens every day wakes nobody. */
    private static void quiet(RuleCases cases) {
        cases.given(
                        "a cluster that has nothing to do, and so no histories in its caches",
                        ClusterSeries.healthy()
                                .change("600x400", "messages_processed_total", "success")
                                .change("0x400", "defender_inflight_messages")
                                .change("0x400", "nats_stream_total_messages")
                                .change("600x400", "defender_cache_lookups_total"))
                .at("20m");
        cases.given("a slow update, in which one pod after the other ends and the next one starts", oneAfterTheOther())
                .at("10m")
                .at("15m");
        cases.given(
                        "a rolling update with surge, where newcomers stand by until they take over",
                        ClusterSeries.healthy()
                                .changeDefenders("defender_state", 8, 9, "3x40 9x1 _x400")
                                .add("defender_state", "pod=\"e8\"", "_x38 10x3 3x400")
                                .add("defender_state", "pod=\"e9\"", "_x38 10x3 3x400"))
                .at("10m30s")
                .at("40m");
        cases.given(
                        "a sequential update, where one is missing for a minute",
                        ClusterSeries.healthy().changeDefenders("defender_state", 9, 9, "3x40 9x2 2x2 3x400"))
                .at("10m45s")
                .at("12m")
                .at("30m");
        cases.given(
                        "a change of leader within seconds",
                        ClusterSeries.healthy()
                                .changeDefenders("defender_is_leader", 0, 0, "1x40 0x400")
                                .changeDefenders("defender_is_leader", 1, 1, "0x41 1x400"))
                .at("10m45s")
                .at("20m");
    }

    private static void members(RuleCases cases) {
        cases.given(
                        "one of ten is gone for good",
                        ClusterSeries.healthy().changeDefenders("defender_state", 9, 9, "3x40 _x400"))
                .at("10m30s")
                .at("18m", "DefenderMembersFew");
        cases.given(
                        "three of ten can't get an id",
                        ClusterSeries.healthy().changeDefenders("defender_state", 7, 9, "3x40 1x400"))
                .at("12m")
                .at("13m", "DefenderMembersFew")
                .at("16m", "DefenderMembersFew", "DefenderMembersMissing");
        cases.given(
                        "nothing but the leader says how many are intended",
                        ClusterSeries.healthy()
                                .change("_x400", "release:defender_replicas:count")
                                .changeDefenders("defender_state", 7, 9, "3x40 1x400"))
                .at("16m", "DefenderMembersFew", "DefenderMembersMissing");
        cases.given(
                        "two lose their leases, then all",
                        ClusterSeries.healthy()
                                .changeDefenders("defender_state", 8, 9, "3x40 11x400")
                                .changeDefenders("defender_state", 0, 7, "3x80 11x400"))
                .at("13m", "DefenderDegraded", "DefenderDegraded", "DefenderDegradedMany", "DefenderMembersFew")
                .at(
                        "26m",
                        repeated(
                                10,
                                "DefenderDegraded",
                                "DefenderDegradedMany",
                                "DefenderMembersFew",
                                "DefenderMembersMissing"));
        cases.given(
                        "a process stands by, members are missing, and nobody grants it an id",
                        ClusterSeries.healthy().changeDefenders("defender_state", 9, 9, "3x40 10x400"))
                .at("30m", "DefenderMembersFew", "DefenderStandbyLong");
        cases.given(
                        "two processes hold one id",
                        ClusterSeries.healthy().add("defender_stable_id_claimed", "pod=\"x\",id=\"3\"", "0x40 1x400"))
                .at("12m", "DefenderDuplicateId");
        cases.given(
                        "heartbeats of one fail",
                        ClusterSeries.healthy().changeDefenders("defender_heartbeat_errors_total", 3, 3, "0+2x400"))
                .at("12m", "DefenderHeartbeatErrors");
    }

    private static void leadership(RuleCases cases) {
        cases.given("the leader is deaf", ClusterSeries.healthy().change("0x40 1x400", "defender_leader_deaf"))
                .at("10m45s")
                .at("12m", "DefenderLeaderDeaf");
        cases.given(
                        "the leader goes and nobody follows",
                        ClusterSeries.healthy().changeDefenders("defender_is_leader", 0, 0, "1x40 0x400"))
                .at("10m15s")
                .at("11m", "DefenderNoLeader")
                .at("20m", "DefenderNoLeader");
        cases.given("two lead", ClusterSeries.healthy().changeDefenders("defender_is_leader", 1, 1, "0x40 1x400"))
                .at("12m", "DefenderSeveralLeaders");
        cases.given(
                        "election agents are lost one by one",
                        ClusterSeries.healthy()
                                .change("1x40 0x400", "up{", "pod=\"a2\"")
                                .change("1x90 0x400", "up{", "pod=\"a1\""))
                .at("15m")
                .at("22m", "ElectionAgentsFew")
                .at("25m", "ElectionAgentsFew", "ElectionAgentsLost");
    }

    private static void assignments(RuleCases cases) {
        cases.given(
                        "one follows an old map and has no chamber; changes wait",
                        ClusterSeries.healthy()
                                .changeDefenders("defender_assignment_version", 4, 4, "6x400")
                                .changeDefenders("defender_assigned_subjects", 4, 4, "0x400")
                                .change("2x400", "defender_pending_topology_changes"))
                .at("12m", "DefenderCoverageLow", "DefenderMapBehind", "DefenderTopologyPending");
        cases.given(
                        "weights are even, so uneven numbers of chambers are no matter",
                        ClusterSeries.healthy()
                                .changeDefenders("defender_assigned_subjects", 1, 1, "140x400")
                                .changeDefenders("defender_assigned_subjects", 2, 2, "20x400"))
                .at("30m");
        cases.given(
                        "one carries a quarter more than the mean",
                        ClusterSeries.healthy().change("12500000x400", "defender_assignment_max_weight"))
                .at("10m")
                .at("16m", "DefenderLoadUneven");
        cases.given(
                        "a former leader's uneven figures are not looked at",
                        ClusterSeries.healthy()
                                .add("defender_assignment_max_weight", "pod=\"d5\"", "30000000x400")
                                .add("defender_assignment_avg_weight", "pod=\"d5\"", "10000000x400"))
                .at("30m");
        cases.given(
                        "a scale-up by half moves a third of the chambers",
                        ClusterSeries.healthy()
                                .change("0x100 266x300", "defender_chamber_movements_total")
                                .change("0x100 1x300", "defender_rebalance_events_total"))
                .at("40m", "DefenderMovesMany");
    }

    private static void processing(RuleCases cases) {
        cases.given(
                        "most runs take more than five seconds",
                        ClusterSeries.healthy().latencies(5, 10, 20, 30, 90, 120, 148, 150))
                .at(
                        "10m",
                        "DefenderLatencyBudgetFast",
                        "DefenderLatencyP50Critical",
                        "DefenderLatencyP95Elevated",
                        "DefenderLatencyP95High",
                        "DefenderLatencyP99High");
        cases.given(
                        "one in ten takes five to eight seconds",
                        ClusterSeries.healthy().latencies(50, 100, 130, 135, 150, 150, 150, 150))
                .at("12m", "DefenderLatencyP95Elevated");
        cases.given("one in ten is given up", ClusterSeries.healthy().change("0+1.7x400", "reason=\"dead_letter\""))
                .at(
                        "10m",
                        "DefenderAvailabilityLow",
                        "DefenderDeadLetters",
                        "DefenderDeadLettersMany",
                        "DefenderErrorBudgetFast");
        cases.given(
                        "nothing is processed and the queue grows",
                        ClusterSeries.healthy()
                                .change("0+15x40 600x400", "messages_processed_total", "success")
                                .change("15x40 15+150x400", "nats_stream_total_messages"))
                .at("16m30s", "DefenderNothingProcessed")
                .at("22m", "DefenderBacklog", "DefenderNothingProcessed");
        cases.given(
                        "deliveries are not acknowledged",
                        ClusterSeries.healthy().change("90x400", "nats_consumer_num_ack_pending"))
                .at("10m", "DefenderAckPending");
        cases.given(
                        "one has work and finishes none",
                        ClusterSeries.healthy().change("600x400", "messages_processed_total", "pod=\"d6\""))
                .at("30m", "DefenderMemberStuck");
    }

    private static void store(RuleCases cases) {
        cases.given(
                        "the store is slow and two defenders pause",
                        ClusterSeries.healthy()
                                .store("read", 100)
                                .store("write", 100)
                                .changeDefenders("defender_processing_paused", 2, 3, "1x400"))
                .at("15m", "DefenderPaused", "DefenderPaused", "DefenderStoreReadsSlow", "DefenderStoreWritesSlow");
        cases.given(
                        "caches are cold",
                        ClusterSeries.healthy().change("0+20x400", "defender_cache_lookups_total", "miss"))
                .at("15m", "DefenderCacheCold");
        cases.given(
                        "five newcomers stand by: they have looked up nothing, which is no cold cache",
                        ClusterSeries.healthy()
                                .changeDefenders("defender_state", 5, 9, "10x400")
                                .add("release:defender_replicas:count", "", "5x400")
                                .changeDefenders("defender_cache_lookups_total", 5, 9, "0x400"))
                .at("30m");
    }

    private static void servers(RuleCases cases) {
        cases.given(
                        "a defender restarts, can't be scraped, fills its heap; the autoscaler is at its end",
                        ClusterSeries.healthy()
                                .change("0x400", "up{", "pod=\"d5\"")
                                .change("0+0.2x400", "restarts_total")
                                .change("3900000000x400", "jvm_memory_used")
                                .change("60x400", "status_current_replicas"))
                .at("20m", "DefenderHeapHigh", "DefenderRestarts", "DefenderScaleLimit", "DefenderTargetsDown");
        cases.given(
                        "NATS servers are lost one by one",
                        ClusterSeries.healthy()
                                .change("1x40 0x400", "up{", "pod=\"n2\"")
                                .change("1x90 0x400", "up{", "pod=\"n1\""))
                .at("14m")
                .at("16m", "NatsServersFew")
                .at("25m", "NatsServersFew", "NatsServersLost");
        cases.given(
                        "NATS fills up and cuts off a slow client",
                        ClusterSeries.healthy()
                                .change("35000000000x400", "nats_server_total_message_bytes", "n1")
                                .change("3500x400", "nats_stream_consumer_count")
                                .change("0x20 1x400", "slow_consumers", "n1"))
                .at("6m", "NatsSlowConsumers")
                .at("20m", "NatsConsumersNearLimit", "NatsStorageFilling");
    }

    /** What takes hours, looked at each minute. */
    static RuleCases ofHours() {
        RuleCases cases = new RuleCases("1m", ".+");
        cases.given("a healthy cluster", ClusterSeries.healthy()).at("1h30m");
        cases.given(
                        "two versions for more than two hours",
                        ClusterSeries.healthy()
                                .change("1x600", "defender_version{")
                                .add("defender_version", "pod=\"d9\",version=\"1.1\"", "1x600"))
                .at("2h5m", "DefenderVersionsMixed");
        cases.given(
                        "rebalances, moves and emergencies without end",
                        ClusterSeries.healthy()
                                .change("0+0.05x400", "defender_rebalance_events_total")
                                .change("0+3x400", "defender_chamber_movements_total")
                                .change("0+0.03x400", "defender_emergency_events_total"))
                .at(
                        "1h10m",
                        "DefenderEmergencies",
                        "DefenderMoveStorm",
                        "DefenderMovesMany",
                        "DefenderRebalanceStorm",
                        "DefenderRebalancesMany");
        cases.given(
                        "a single poison message",
                        ClusterSeries.healthy().change("0x40 1x400", "reason=\"dead_letter\"", "pod=\"d3\""))
                .at("11m", "DefenderDeadLetters")
                .at("75m");
        cases.given(
                        "alarms flood, and one run in six has no strategy",
                        ClusterSeries.healthy()
                                .change("0+5x400", "defender_alarms_published_total")
                                .change("0+3x400", "status=\"unmatched\""))
                .at("30m", "DefenderAlarmFlood")
                .at("1h30m", "DefenderAlarmFlood", "DefenderRunsUnmatched");
        return cases;
    }

    /** Budgets burnt at a steady rate: so many of 1,000 per 5 minutes are given up, and fifty times as many are late. */
    static RuleCases ofFastBurning() {
        RuleCases cases = new RuleCases("5m", ".*Budget.*");
        cases.given("eight times what is allowed, for eight hours", "5m", burning(8, 120))
                .at("8h", MEDIUM.split(" "));
        return cases;
    }

    /** The same in steps of half an hour. */
    static RuleCases ofSlowBurning() {
        RuleCases cases = new RuleCases("30m", ".*Budget.*");
        cases.given("half of what is allowed, for four days", "30m", burning(0.5, 200))
                .at("96h");
        cases.given("twice what is allowed, for four days", "30m", burning(2, 200))
                .at("96h", CREEPING.split(" "));
        cases.given("four times what is allowed, for two days", "30m", burning(4, 200))
                .at("48h", SLOW.split(" "));
        return cases;
    }

    private static ClusterSeries burning(double givenUp, int samples) {
        return new ClusterSeries()
                .add("defender_messages_processed_total", "status=\"success\"", "0+" + (1000 - givenUp) + 'x' + samples)
                .add("defender_messages_failed_total", "reason=\"dead_letter\"", "0+" + givenUp + 'x' + samples)
                .add("defender_process_time_seconds_count", "", "0+1000x" + samples)
                .add(
                        "defender_process_time_seconds_bucket",
                        "le=\"5.0\"",
                        "0+" + (1000 - 50 * givenUp) + 'x' + samples);
    }

    /** The first one so often, the others once. */
    private static String[] repeated(int times, String first, String... others) {
        String[] all = new String[times + others.length];
        java.util.Arrays.fill(all, 0, times, first);
        System.arraycopy(others, 0, all, times, others.length);
        return all;
    }
}
