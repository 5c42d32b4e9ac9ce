import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "../../../schema.graphqls",
  documents: "src/**/*.ts",
  emitLegacyCommonJSImports: false, // so that imports say .js, as Node wants
  generates: {
    "src/generated/": {
      preset: "client",
      config: {
        documentMode: "string", // plain text, for fetch
        enumsAsTypes: true,
        useTypeImports: true,
        defaultScalarType: "unknown",
        scalars: { DateTime: "string", Date: "string", Decimal: "string", Url: "string", CurrencyCode: "string" },
      },
    },
  },
};

export default config;
