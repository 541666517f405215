// A form that only hands over what stands in it: sent at once; without a script its button does the same.
document.querySelector("form[data-sends-itself]")?.requestSubmit();
