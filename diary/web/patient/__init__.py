"""The patient's pages on their own phone; one module for each thing they do there."""

from flask import Blueprint

blueprint = Blueprint("patient", __name__, url_prefix="/me")
