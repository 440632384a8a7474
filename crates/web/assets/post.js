// Submits the page's one form. Without scripts, the user selects its button.
document.querySelector("form[data-post]").submit();
