export default { documents: ["apollo/operations.js"], output: "apollo/manifest.json" };
