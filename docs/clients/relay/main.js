// What a bundler does in an app: Relay's plugin puts the compiled operations in
// the place of the graphql tags.
require("@babel/register")({ cache: false, configFile: false, plugins: [["relay", { eagerEsModules: false }]] });
require("./src/app.js").run().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
