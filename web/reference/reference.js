// Swagger UI has a dark style, but only follows a button of a layout that is not used here.
const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

const ui = SwaggerUIBundle({
  dom_id: "#reference",
  url: "/api/openapi.json",
  deepLinking: true,
  displayOperationId: true,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  // Nothing goes to another host, and a token is gone with the page.
  validatorUrl: null,
  persistAuthorization: false,
  // The schemas are in the operations; the list of them all stays closed.
  defaultModelsExpandDepth: 0,
  // Not every API has a page.
  onComplete: () => {
    document.querySelector(".bar a").hidden = !ui.specSelectors.specJson().hasIn(["paths", "/"]);
  },
});
