package io.tfdc.coordination;

/** Which event answers which effect, by the resource that both speak of. */
final class Answers {
    static final String CLAIM = "claim";
    static final String HEARTBEAT = "heartbeat";
    static final String LEFTOVERS = "leftovers";
    static final String RELEASE = "release";
    static final String STANDBYS = "standbys";
    static final String OFFER = "offer";

    /** No answer belongs to it. */
    private static final String NONE = "";

    private Answers() {}

    static String slice(String name) {
        return "slice " + name;
    }

    static String heartbeatOf(String key) {
        return "heartbeat " + key;
    }

    /** What an effect is about; a prefetch may overlap with others and is about nothing. */
    static String resource(MemberEffect effect) {
        if (effect instanceof MemberEffect.ListClaims
                || effect instanceof MemberEffect.CreateClaim
                || effect instanceof MemberEffect.UpdateClaim
                || effect instanceof MemberEffect.DeleteClaim) {
            return CLAIM;
        } else if (effect instanceof MemberEffect.PutHeartbeat) {
            return HEARTBEAT;
        } else if (effect instanceof MemberEffect.DeleteHeartbeat delete) {
            return heartbeatOf(delete.key());
        } else if (effect instanceof MemberEffect.DeleteLeftovers) {
            return LEFTOVERS;
        } else if (effect instanceof MemberEffect.CreateSlice create) {
            return slice(create.name());
        } else if (effect instanceof MemberEffect.ShrinkSlice shrink) {
            return slice(shrink.name());
        } else if (effect instanceof MemberEffect.DeleteSlice delete) {
            return slice(delete.name());
        } else if (effect instanceof MemberEffect.PutRelease) {
            return RELEASE;
        } else if (effect instanceof MemberEffect.FindStandbys) {
            return STANDBYS;
        }
        return effect instanceof MemberEffect.OfferId ? OFFER : NONE;
    }

    /** What an answer is about, empty if the event answers nothing. */
    static String resource(MemberEvent event) {
        if (event instanceof MemberEvent.ClaimsListed
                || event instanceof MemberEvent.ClaimWritten
                || event instanceof MemberEvent.ClaimRefused
                || event instanceof MemberEvent.ClaimDeleted) {
            return CLAIM;
        } else if (event instanceof MemberEvent.HeartbeatWritten) {
            return HEARTBEAT;
        } else if (event instanceof MemberEvent.HeartbeatDeleted deleted) {
            return heartbeatOf(deleted.key());
        } else if (event instanceof MemberEvent.LeftoversDeleted) {
            return LEFTOVERS;
        } else if (event instanceof MemberEvent.SliceCreated created) {
            return slice(created.name());
        } else if (event instanceof MemberEvent.SliceRefused refused) {
            return slice(refused.name());
        } else if (event instanceof MemberEvent.SliceShrunk shrunk) {
            return slice(shrunk.name());
        } else if (event instanceof MemberEvent.SliceDeleted deleted) {
            return slice(deleted.name());
        } else if (event instanceof MemberEvent.ReleaseWritten) {
            return RELEASE;
        } else if (event instanceof MemberEvent.StandbysFound) {
            return STANDBYS;
        } else if (event instanceof MemberEvent.OfferAnswered) {
            return OFFER;
        }
        return event instanceof MemberEvent.Failed failed ? resource(failed.effect()) : NONE;
    }

    /** Whether the event is of the kind that answers this very question. What was sent before the question answers an earlier one. */
    static boolean fits(MemberEvent answer, Outbox.Asked question) {
        MemberEffect effect = question.effect();
        if (answer instanceof MemberEvent.Failed failed) {
            return failed.effect().equals(effect);
        } else if (answer instanceof MemberEvent.ClaimsListed) {
            return effect instanceof MemberEffect.ListClaims;
        } else if (answer instanceof MemberEvent.ClaimWritten written) {
            return writes(effect, written.id()) && written.sentNanos() - question.nanos() >= 0;
        } else if (answer instanceof MemberEvent.ClaimRefused refused) {
            return writes(effect, refused.id())
                    || effect instanceof MemberEffect.DeleteClaim delete
                            && delete.id().equals(refused.id());
        } else if (answer instanceof MemberEvent.ClaimDeleted deleted) {
            return effect instanceof MemberEffect.DeleteClaim delete
                    && delete.id().equals(deleted.id());
        } else if (answer instanceof MemberEvent.HeartbeatWritten written) {
            return effect instanceof MemberEffect.PutHeartbeat put
                    && put.heartbeat().incarnation().equals(written.incarnation())
                    && written.sentNanos() - question.nanos() >= 0;
        } else if (answer instanceof MemberEvent.LeftoversDeleted deleted) {
            return effect instanceof MemberEffect.DeleteLeftovers leftovers
                    && leftovers.id().equals(deleted.id());
        } else if (answer instanceof MemberEvent.SliceCreated || answer instanceof MemberEvent.SliceRefused) {
            return effect instanceof MemberEffect.CreateSlice;
        } else if (answer instanceof MemberEvent.SliceShrunk) {
            return effect instanceof MemberEffect.ShrinkSlice;
        } else if (answer instanceof MemberEvent.SliceDeleted) {
            return effect instanceof MemberEffect.DeleteSlice;
        } else if (answer instanceof MemberEvent.ReleaseWritten written) {
            return effect instanceof MemberEffect.PutRelease put && put.record().version() == written.version();
        } else if (answer instanceof MemberEvent.OfferAnswered answered) {
            return effect instanceof MemberEffect.OfferId offer
                    && offer.incarnation().equals(answered.incarnation());
        }
        return true;
    }

    private static boolean writes(MemberEffect effect, StableId id) {
        return effect instanceof MemberEffect.CreateClaim create
                        && create.claim().id().equals(id)
                || effect instanceof MemberEffect.UpdateClaim update
                        && update.claim().id().equals(id);
    }
}
