// Sends the page's one form on; whoever runs no scripts presses its button.
document.querySelector("form[data-post]").submit();
