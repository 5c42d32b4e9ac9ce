// The rules of graphql-eslint that a schema should keep, and those that Relay
// needs. Every exception is an option of its rule, with the reason beside it.
import { fileURLToPath } from "node:url";
import graphql from "@graphql-eslint/eslint-plugin";

const schema = fileURLToPath(new URL("../../../schema.graphqls", import.meta.url));

// Types without an id: values that belong to the thing around them and can
// neither be fetched nor changed by themselves.
const values = [
  // Amounts, counts and spans: equal when what they hold is equal.
  "BreakWindow", "Count", "MeasuredResult", "Money",
  // Parts of one thing, replaced as a whole with it.
  "ApiClientSecret", "AddedDeliverable", "AmendedDeliverable", "AmendedMilestone", "ApplicationAnswer", "ApplicationPacket", "ApplicationStudy", "CompetencyRating", "DeclaredSkill", "EngagementGate",
  "InterviewSlot", "KickOff", "MicroProjectRequirements", "MicroProjectTemplateContent", "MicroProjectTemplateDeliverable", "MicroProjectTemplateQuestion", "OfferDocument", "OfficeHours", "PostingCondition", "QualificationRequirement",
  "SandboxPerson", "SpokenRule", "TalentContact",
  // Worked out anew for each answer.
  "Ability", "ApplicationNextStep", "ApplicationQualification", "ApprovalTurnaround", "DenialReason", "PreflightVerdict",
  "ClientGrantDifference", "RateLimit", "ScopeEntry", "ProfileCompleteness", "ProjectPreflight", "Rating", "UploadHeader", "UploadTarget",
  "FundingPoolAdmission", "HireReport", "PaymentSummary", "Platform", "DeclaredDemographics", "SignUpRule", "TaxForm", "TaxYear", "PersonMerge", "RoleMapping",
  // There is one, and it is the request's own: whoever asks.
  "Viewer",
  // Kinds of user errors: told once, stored nowhere.
  "AlreadyExists", "ConsentMissing", "DependencyUnavailable", "IdempotencyConflict", "IllegalTransition",
  "InvalidValue", "LimitReached", "NotFound", "NotPermitted", "PolicyViolation", "StaleRevision", "WindowClosed",
  // Numbers of many things, and of none alone.
  "ConversionFunnel", "ConversionFunnelPart", "ConversionFunnelStage", "Insights", "InsightsGroup", "InsightsMetric",
  "MicroConversionRate", "TimeToSelect", "TimeToSelectPart",
  // How far one side has read: told once, of a conversation.
  "Reading",
  // Relay's own page of a list.
  "PageInfo",
];

// What a mutation answers, pages and their entries, and what `viewerCan` holds:
// around things with ids, never things themselves.
const suffixes = ["Payload", "Connection", "Edge", "Abilities"];

export default [
  {
    files: ["**/*.graphqls"],
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema } },
    },
    plugins: { "@graphql-eslint": graphql },
    rules: {
      ...graphql.configs["flat/schema-recommended"].rules,
      ...graphql.configs["flat/schema-relay"].rules,
      "@graphql-eslint/strict-id-in-types": ["error", { exceptions: { types: values, suffixes } }],
      // Lists with a small bound are plain lists: a talent's skills, an
      // engagement's deliverables. What grows without one is a connection, whose
      // `nodes` are there for those who need no cursors.
      "@graphql-eslint/relay-edge-types": ["error", { listTypeCanWrapOnlyEdgeType: false }],
    },
  },
];
